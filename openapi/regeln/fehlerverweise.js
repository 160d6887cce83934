// Error answers of one operation. Without options: each one is a reference to the shared problem of its own status.
// mit_anmeldung / mit_header / mit_body: statuses that must be there because of what the operation asks for.
export default function fehlerverweise(operation, optionen) {
  if (operation === null || typeof operation !== 'object') return [];
  const antworten = operation.responses ?? {};
  const fehlen = (liste, grund) =>
    liste.filter((status) => !antworten[status]).map((status) => ({ message: `answer ${status} is missing (${grund})` }));

  if (!optionen) {
    return Object.entries(antworten)
      .filter(([status]) => !/^[123]\d\d$/.test(status))
      .filter(([status, antwort]) => antwort?.$ref !== `#/components/responses/Problem${status}`)
      .map(([status]) => ({ message: `answer ${status} must be a $ref to #/components/responses/Problem${status}` }));
  }
  const befunde = [];
  const angemeldet = Array.isArray(operation.security) && operation.security.some((s) => Object.keys(s).length > 0);
  if (optionen.mit_anmeldung && angemeldet) befunde.push(...fehlen(optionen.mit_anmeldung, 'needs a token'));
  const kopf = (operation.parameters ?? []).filter((p) => p?.in === 'header').map((p) => String(p.name).toLowerCase());
  for (const [name, liste] of Object.entries(optionen.mit_header ?? {})) {
    if (kopf.includes(name.toLowerCase())) befunde.push(...fehlen(liste, `takes ${name}`));
  }
  if (optionen.mit_body && operation.requestBody) befunde.push(...fehlen(optionen.mit_body, 'has a request body'));
  return befunde;
}
