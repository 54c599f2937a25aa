const ELLIPSIS = '…';

/**
 * Paints a text of the page where it stands, letter by letter. Lines then break as on the page, and
 * tabular numerals, which a canvas does not support, keep their places.
 */
export function paintText(
  node: Text,
  style: CSSStyleDeclaration,
  color: string,
  context: CanvasRenderingContext2D,
): void {
  const { data } = node;
  if (data.trim() === '') return;
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = color;
  context.textBaseline = 'alphabetic';
  const { fontBoundingBoxAscent } = context.measureText(data);
  const range = document.createRange();
  const end = cutAt(node, style, context);
  for (const { index, 0: letter } of data.matchAll(/\S/gu)) {
    range.setStart(node, index);
    range.setEnd(node, index + letter.length);
    const { left, top, right, width } = range.getBoundingClientRect();
    if (right > end) return context.fillText(ELLIPSIS, left, top + fontBoundingBoxAscent);
    // The box of a letter reaches from the font's ascent to its descent. The letter goes in the
    // middle, since the box of a tabular numeral is wider than the letter.
    const beside = (width - context.measureText(letter).width) / 2;
    context.fillText(letter, left + beside, top + fontBoundingBoxAscent);
  }
}

/**
 * For a text that the page cuts off: where letters have to end to leave room for the ellipsis.
 * Infinity for any other text.
 */
function cutAt({ parentElement }: Text, style: CSSStyleDeclaration, context: CanvasRenderingContext2D): number {
  if (!parentElement || style.textOverflow !== 'ellipsis' || parentElement.scrollWidth <= parentElement.clientWidth)
    return Infinity;
  return parentElement.getBoundingClientRect().right - context.measureText(ELLIPSIS).width;
}
