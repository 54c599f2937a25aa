import { at } from '../../../at';

/**
 * The style properties of shapes. An image of an SVG has no style sheet, so these are written into
 * its elements.
 */
const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'display',
  'visibility',
] as const;

/** Makes an image of an SVG's shapes, without its texts, with `scale` pixels per CSS pixel. */
export async function svgImage(svg: SVGSVGElement, scale: number): Promise<HTMLImageElement> {
  const { width, height } = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll<SVGElement>('*');
  copy.querySelectorAll<SVGElement>('*').forEach((element, i) => writeStyle(at(originals, i), element));
  writeStyle(svg, copy);
  for (const text of copy.querySelectorAll('text, title')) text.remove();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.setAttribute('width', String(scale * width));
  copy.setAttribute('height', String(scale * height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

function writeStyle(from: SVGElement, to: SVGElement): void {
  const style = getComputedStyle(from);
  to.removeAttribute('class');
  to.setAttribute('style', PROPERTIES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';'));
}
