import { PlaygroundError } from '../../../errors';
import { svgImage } from './svg-image';
import { paintText } from './paint-text';

/** Pixels per CSS pixel. */
const SCALE = 2;
/** The margin around the figure, in CSS pixels. */
const MARGIN = 16;

/**
 * Makes a PNG of a figure at twice its size, on the page's own background. It looks as on the page:
 * texts, SVG and canvases are painted where they stand. Elements with `data-no-export` are left
 * out. Style sheets give elements under `data-exporting` the room that a picture needs, since it
 * can neither scroll nor react to a pointer.
 * @throws PlaygroundError if the browser cannot make a picture of that size.
 */
export async function pictureOf(figure: HTMLElement): Promise<Blob> {
  const shapes = await shapesIn(figure);
  // From here to the end of the painting there is no pause, so nobody sees the figure in its other
  // form.
  figure.setAttribute('data-exporting', '');
  let canvas: HTMLCanvasElement;
  try {
    canvas = painted(figure, shapes);
  } finally {
    figure.removeAttribute('data-exporting');
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw failed();
  return blob;
}

/** The shapes of every SVG in a figure. They become images, which load asynchronously. */
type Shapes = Map<SVGSVGElement, HTMLImageElement>;

async function shapesIn(figure: HTMLElement): Promise<Shapes> {
  // A picture within a picture is part of the outer one. One without a size is invisible, and
  // cannot be decoded either.
  const drawings = [...figure.querySelectorAll<SVGSVGElement>('svg')].filter(
    (svg) => !svg.parentElement?.closest('svg, [data-no-export]') && svg.getBoundingClientRect().width > 1,
  );
  return new Map(await Promise.all(drawings.map(async (svg) => [svg, await svgImage(svg, SCALE)] as const)));
}

function painted(figure: HTMLElement, shapes: Shapes): HTMLCanvasElement {
  const box = figure.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  canvas.width = SCALE * Math.ceil(box.width + 2 * MARGIN);
  canvas.height = SCALE * Math.ceil(box.height + 2 * MARGIN);
  const context = canvas.getContext('2d');
  if (!context) throw failed();
  context.scale(SCALE, SCALE);
  context.fillStyle = backgroundOf(figure);
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(MARGIN - box.left, MARGIN - box.top);
  paint(figure, context, shapes);
  return canvas;
}

const failed = () =>
  new PlaygroundError('the picture of the chart could not be made.', {
    remedy: 'Make the window smaller and try again.',
  });

const isClear = (color: string) => color === 'transparent' || /,\s*0\)$|\/\s*0\)$/.test(color);

/** The nearest background behind an element that is not transparent. */
function backgroundOf(element: HTMLElement): string {
  for (let at: HTMLElement | null = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (!isClear(backgroundColor)) return backgroundColor;
  }
  return '#ffffff';
}

function paint(element: Element, context: CanvasRenderingContext2D, shapes: Shapes): void {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  // Words for screen readers alone have a box of one pixel.
  if (element.hasAttribute('data-no-export') || style.visibility === 'hidden' || box.width <= 1 || box.height <= 1)
    return;
  if (element instanceof SVGSVGElement) return paintSvg(element, context, shapes.get(element));
  if (element instanceof HTMLCanvasElement) return context.drawImage(element, box.left, box.top, box.width, box.height);
  context.save();
  paintBox(box, style, context);
  if (style.overflowX !== 'visible') clip(box, context);
  for (const child of element.childNodes) {
    if (child instanceof Text) paintText(child, style, style.color, context);
    else if (child instanceof Element) paint(child, context, shapes);
  }
  context.restore();
}

function paintBox(
  { left, top, width, height }: DOMRect,
  style: CSSStyleDeclaration,
  context: CanvasRenderingContext2D,
): void {
  if (isClear(style.backgroundColor)) return;
  context.fillStyle = style.backgroundColor;
  context.beginPath();
  context.roundRect(left, top, width, height, parseFloat(style.borderTopLeftRadius) || 0);
  context.fill();
}

function clip({ left, top, width, height }: DOMRect, context: CanvasRenderingContext2D): void {
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
}

/**
 * Paints the shapes as an image, and the texts letter by letter, because an image does not have the
 * page's fonts.
 */
function paintSvg(svg: SVGSVGElement, context: CanvasRenderingContext2D, shapes: HTMLImageElement | undefined): void {
  const { left, top, width, height } = svg.getBoundingClientRect();
  if (shapes) context.drawImage(shapes, left, top, width, height);
  for (const text of svg.querySelectorAll('text')) {
    const style = getComputedStyle(text);
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) paintText(walker.currentNode as Text, style, style.fill, context);
  }
}
