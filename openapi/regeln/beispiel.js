// Is there an example a reader (and Swagger UI's "Try it out") can use?
// For an operation: in any parameter, the request body or a success answer. With { inhalt: true } the target is one
// media type object and must have a whole example of its own.
const gefuellt = (x) =>
  x !== undefined && x !== null && (typeof x !== 'object' || Object.keys(x).length > 0);

const hatBeispiel = (x) =>
  Boolean(x) &&
  (gefuellt(x.example) || gefuellt(x.examples) || gefuellt(x.schema?.examples) || gefuellt(x.schema?.example));

export default function beispiel(ziel, optionen) {
  if (ziel === null || typeof ziel !== 'object') return [];
  if (optionen?.inhalt) {
    return hatBeispiel(ziel) ? [] : [{ message: 'the request body has no example of the whole object' }];
  }
  const inhalte = [ziel.requestBody, ...Object.entries(ziel.responses ?? {})
    .filter(([status]) => status.startsWith('2'))
    .map(([, antwort]) => antwort)]
    .flatMap((traeger) => Object.values(traeger?.content ?? {}));
  const ort = [...(ziel.parameters ?? []), ...inhalte].some(hatBeispiel);
  return ort ? [] : [{ message: 'no parameter, body or answer of this operation has an example' }];
}
