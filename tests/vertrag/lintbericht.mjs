// Prints what Spectral found, one finding a line: errors always, warnings with --warnungen, else counted per rule.
import fs from 'node:fs';

const [datei, schalter] = process.argv.slice(2);
const befunde = fs.existsSync(datei) ? JSON.parse(fs.readFileSync(datei, 'utf8') || '[]') : [];
const fehler = befunde.filter((b) => b.severity === 0);
const warnungen = befunde.filter((b) => b.severity !== 0);

const zeile = (b) => `${b.severity === 0 ? 'error' : 'warn '} ${b.code}  ${b.path.join('.')}  ${b.message}`;
for (const b of schalter === '--warnungen' ? befunde : fehler) console.log(zeile(b));

const zahl = new Map();
for (const w of warnungen) zahl.set(w.code, (zahl.get(w.code) ?? 0) + 1);
const liste = [...zahl].sort((a, b) => b[1] - a[1]).map(([code, n]) => `${code} ${n}`);
console.log(`spectral: ${fehler.length} errors, ${warnungen.length} warnings${liste.length ? ` (${liste.join(', ')})` : ''}`);
