// Checks that an operation declares parameters.
// Options: header/query = { name: 'pflicht' | 'erlaubt' }; nur_mit_antwort = only if the operation answers this status;
// ausser_mit = an extension whose text gives the reason why the rule does not apply.
export default function parameter(operation, optionen) {
  if (operation === null || typeof operation !== 'object') return [];
  if (optionen.ausser_mit && typeof operation[optionen.ausser_mit] === 'string') return [];
  if (optionen.nur_mit_antwort && !operation.responses?.[optionen.nur_mit_antwort]) return [];
  const befunde = [];
  for (const ort of ['header', 'query']) {
    for (const [name, mass] of Object.entries(optionen[ort] ?? {})) {
      const gefunden = (operation.parameters ?? []).find(
        (p) => p?.in === ort && String(p.name).toLowerCase() === name.toLowerCase(),
      );
      if (!gefunden) befunde.push({ message: `${ort} parameter ${name} is missing` });
      else if (mass === 'pflicht' && gefunden.required !== true) {
        befunde.push({ message: `${ort} parameter ${name} must be required` });
      }
    }
  }
  return befunde;
}
