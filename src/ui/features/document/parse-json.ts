import { PlaygroundError } from '../../../errors';

const STRING = /"(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/;
const TOKEN = new RegExp(String.raw`\s+|${STRING.source}|${NUMBER.source}|true|false|null|[{}[\],:]`, 'y');

/**
 * Parses JSON.
 * @param file the file's name, for the message
 * @throws PlaygroundError with the line at which the text stops being JSON, if it looks like JSON
 * at all.
 */
export function parseJson(text: string, file?: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const [what, remedy] = problemOf(text);
    throw new PlaygroundError(what, { where: { file }, remedy });
  }
}

const CHOOSE = 'Choose a file that was saved by this page.';

function problemOf(text: string): [what: string, remedy: string] {
  if (text.trim() === '') return ['it is empty.', CHOOSE];
  const offset = offsetOfError(text);
  if (offset === 0 || text.includes('\0')) return ['it is not JSON, the form in which networks are saved.', CHOOSE];
  return [
    `line ${text.slice(0, offset).split('\n').length} is not valid JSON.`,
    'Repair that line, or choose a file that was saved by this page.',
  ];
}

/**
 * Finds where a text stops being JSON. Browsers put this into their message in different ways, or
 * not at all.
 */
function offsetOfError(text: string): number {
  /** The objects and lists that are open at this place. */
  const open: string[] = [];
  let before = '';
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return at;
    if (token.trim() === '') continue;
    if (!mayFollow(token, before, open)) return at;
    if (token === '{' || token === '[') open.push(token);
    if (token === '}' || token === ']') open.pop();
    // A name in an object is followed by its value. If that value is a string, it must not be taken
    // for the next name.
    before = isName(before, open) && token.startsWith('"') ? 'name' : token;
  }
  return text.length;
}

const isName = (before: string, open: readonly string[]) => open.at(-1) === '{' && (before === '{' || before === ',');
const OPENING = /^([{[:,]|)$/;

function mayFollow(token: string, before: string, open: readonly string[]): boolean {
  const inside = open.at(-1);
  if (before !== '' && inside === undefined) return false;
  if (before === 'name') return token === ':';
  if (token === ':') return false;
  if (token === ',') return !OPENING.test(before);
  if (token === '}') return inside === '{' && (before === '{' || !OPENING.test(before));
  if (token === ']') return inside === '[' && (before === '[' || !OPENING.test(before));
  if (isName(before, open)) return token.startsWith('"');
  return OPENING.test(before);
}
