// Every object inside a request schema refuses unknown fields, however deep. References are already resolved.
export default function geschlossen(schema) {
  const befunde = [];
  const besucht = new Set();

  function gehe(knoten, pfad, umschlossen) {
    if (knoten === null || typeof knoten !== 'object' || besucht.has(knoten)) return;
    besucht.add(knoten);
    const zu = knoten.additionalProperties === false || knoten.unevaluatedProperties === false;
    const istMap = typeof knoten.additionalProperties === 'object';
    if (knoten.properties && !zu && !istMap && !umschlossen) {
      befunde.push({ message: `request object${pfad && ` at ${pfad}`} accepts unknown fields` });
    }
    // The parts of an allOf cannot be closed one by one: each would refuse the fields of the others.
    for (const teil of knoten.allOf ?? []) gehe(teil, pfad, knoten.unevaluatedProperties === false);
    for (const teil of knoten.oneOf ?? []) gehe(teil, pfad, false);
    for (const [name, feld] of Object.entries(knoten.properties ?? {})) gehe(feld, `${pfad}/${name}`, false);
    if (istMap) gehe(knoten.additionalProperties, `${pfad}/*`, false);
    gehe(knoten.items, `${pfad}/-`, false);
  }

  gehe(schema, '', false);
  return befunde;
}
