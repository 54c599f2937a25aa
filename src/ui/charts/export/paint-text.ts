/**
 * Paints a text of the page where it stands, letter by letter: lines break as they do there, and tabular numerals, which a canvas does
 * not know, keep their places.
 */
export function paintText(node: Text, style: CSSStyleDeclaration, color: string, context: CanvasRenderingContext2D): void {
  const { data } = node;
  if (data.trim() === '') return;
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = color;
  context.textBaseline = 'alphabetic';
  const { fontBoundingBoxAscent } = context.measureText(data);
  const range = document.createRange();
  for (const { index, 0: letter } of data.matchAll(/\S/gu)) {
    range.setStart(node, index);
    range.setEnd(node, index + letter.length);
    const { left, top } = range.getBoundingClientRect();
    // The box of a letter reaches from the font's ascent to its descent.
    context.fillText(letter, left, top + fontBoundingBoxAscent);
  }
}
