import type { Page } from '@playwright/test';

/** Selects everything that a person can press, type into, move or choose. */
const CONTROLS =
  'a[href], button, input:not([type="hidden"]), select, textarea, summary, ' +
  '[role="slider"], [role="application"], [role="menuitem"]';

interface Found {
  /** Index in `window.controls`. */
  at: number;
  name: string;
}

declare global {
  interface Window {
    controls: HTMLElement[];
  }
}

/** Looks at controls as they come into view, and collects those that do not explain themselves. */
export class HelpWatch {
  readonly silent: string[] = [];
  readonly #seen = new Set<string>();

  constructor(private readonly page: Page) {}

  /** The number of kinds of controls that were looked at. */
  get count(): number {
    return this.#seen.size;
  }

  /**
   * Gives every control in view the focus, then the pointer, and waits for its explanation. It
   * takes one control of each kind, by role and name: of "Duplicate conv2d_1" and "Duplicate
   * dense_1" only the first.
   * @param where the part of the page, for the report
   */
  async look(where: string): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.page.evaluate(tooltipsGo);
    // Makes the keyboard the last input device: only then is the focus visible and shows tooltips.
    await this.page.keyboard.press('Shift');
    for (const { at, name } of await this.page.evaluate(listControls, CONTROLS)) {
      const key = name.replace(/[a-z]\w*_\d+/g, 'layer').replace(/\d+/g, '#');
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      const focused = await this.page.evaluate(explainsOnFocus, at);
      await this.page.evaluate(tooltipsGo);
      if (focused === 'gone' || focused === 'always') continue;
      if (focused === 'no') this.silent.push(`${where}: ${name} (focus)`);
      if (focused !== 'keys' && !(await this.#explainsOnHover(at))) this.silent.push(`${where}: ${name} (hover)`);
    }
  }

  async #explainsOnHover(at: number): Promise<boolean> {
    const place = await this.page.evaluate(placeOf, at);
    if (!place) return true;
    await this.page.mouse.move(place.x - 1, place.y);
    await this.page.mouse.move(place.x, place.y);
    const shown = await this.page.evaluate(tooltipComes, 2000);
    await this.page.mouse.move(0, 0);
    await this.page.evaluate(tooltipsGo);
    return shown;
  }
}

function listControls(selector: string): Found[] {
  window.controls = [...document.querySelectorAll<HTMLElement>(selector)].filter((control) => {
    if (control.matches(':disabled') || control.closest('[inert], [aria-hidden="true"]')) return false;
    // Leaves out the steppers beside a number box, since the box explains the number and its arrow
    // keys do the same, and all but one control of a group.
    if (control.matches('button[tabindex="-1"]:not([role])')) return false;
    return control.checkVisibility({ visibilityProperty: true });
  });
  return window.controls.map((control, at) => {
    const labelled = (control.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '');
    const label = (control as HTMLInputElement).labels?.[0]?.innerText;
    const name = control.getAttribute('aria-label') ?? (labelled.join(' ').trim() || label || control.innerText);
    return { at, name: `${control.getAttribute('role') ?? control.localName} "${name.replace(/\s+/g, ' ').trim()}"` };
  });
}

/**
 * @returns `yes` for a tooltip, `keys` for a picture that says what the keys do in it (and answers
 * the pointer with values), `always` for a description that is on the page, `gone` for a control
 * that is not there any more
 */
async function explainsOnFocus(at: number): Promise<'yes' | 'no' | 'keys' | 'always' | 'gone'> {
  const control = window.controls[at];
  if (!control!.isConnected) return 'gone';
  const described = (control!.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id));
  if (described.some((text) => text?.checkVisibility() && text.role !== 'tooltip')) return 'always';
  control!.scrollIntoView({ block: 'center' });
  (document.activeElement as HTMLElement | null)?.blur();
  control!.focus();
  const shown = () => [...document.querySelectorAll('[role="tooltip"]')].some((tooltip) => tooltip.checkVisibility());
  const keys = () =>
    [control, control!.parentElement!].some((element) => getComputedStyle(element!, '::after').content.length > 8);
  let answer: 'yes' | 'no' | 'keys' = 'no';
  for (const end = performance.now() + 1000; performance.now() < end && answer === 'no';) {
    await new Promise(requestAnimationFrame);
    if (control!.role === 'application') answer = keys() ? 'keys' : 'no';
    else if (shown()) answer = 'yes';
  }
  control!.blur();
  return answer;
}

/** The middle of a control, or of its label; of the first line if it takes two. */
function placeOf(at: number): { x: number; y: number } | null {
  const control = window.controls[at] as HTMLInputElement;
  if (!control.isConnected) return null;
  const target = ['radio', 'checkbox'].includes(control.type) ? (control.labels?.[0] ?? control) : control;
  target.scrollIntoView({ block: 'center' });
  const { left, top, width, height } = target.getClientRects()[0]!;
  return { x: left + width / 2, y: top + height / 2 };
}

async function tooltipComes(patience: number): Promise<boolean> {
  for (const end = performance.now() + patience; performance.now() < end;) {
    if ([...document.querySelectorAll('[role="tooltip"]')].some((tooltip) => tooltip.checkVisibility())) return true;
    await new Promise(requestAnimationFrame);
  }
  return false;
}

/**
 * Waits until tooltips are gone, but not for ever: an open list keeps its tooltip until it is
 * closed.
 */
async function tooltipsGo(): Promise<void> {
  const shown = () => [...document.querySelectorAll('[role="tooltip"]')].some((tooltip) => tooltip.checkVisibility());
  for (const end = performance.now() + 1000; performance.now() < end && shown();)
    await new Promise(requestAnimationFrame);
}
