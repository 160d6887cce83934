// The one form of union that every generator reads: oneOf of references, a discriminator with a full mapping, and the
// tag as a required one-value list in each variant. The rule runs unresolved, so references are followed by hand.
function folge(dokument, ref) {
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return undefined;
  return ref
    .slice(2)
    .split('/')
    .reduce((knoten, teil) => knoten?.[teil.replaceAll('~1', '/').replaceAll('~0', '~')], dokument);
}

export default function vereinigung(schema, _optionen, kontext) {
  if (!Array.isArray(schema?.oneOf)) return [];
  const tag = schema.discriminator?.propertyName;
  if (!tag) return [{ message: 'oneOf without discriminator.propertyName' }];
  const zuordnung = schema.discriminator.mapping ?? {};
  const befunde = [];
  for (const variante of schema.oneOf) {
    const ref = variante?.$ref;
    if (!ref) {
      befunde.push({ message: 'a oneOf variant is not a reference' });
      continue;
    }
    const ziel = folge(kontext.document.data, ref);
    const feld = ziel?.properties?.[tag];
    const marke = feld?.$ref ? folge(kontext.document.data, feld.$ref) : feld;
    const werte = marke?.enum ?? (marke?.const === undefined ? [] : [marke.const]);
    if (werte.length !== 1) {
      befunde.push({ message: `${ref}: field ${tag} must be a list of exactly one value` });
    } else if (zuordnung[werte[0]] !== ref) {
      befunde.push({ message: `discriminator.mapping must map ${werte[0]} to ${ref}` });
    }
    if (!ziel?.required?.includes(tag)) befunde.push({ message: `${ref}: field ${tag} must be required` });
  }
  return befunde;
}
