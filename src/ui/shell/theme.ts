import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The only accent: a violet-blue that no layer family and no sign of a value uses. */
const accent: MantineColorsTuple = [
  '#eff0ff',
  '#dcdffc',
  '#b9bff7',
  '#959ef2',
  '#7681ee',
  '#616eeb',
  '#5562e3',
  '#4651cd',
  '#3c47b8',
  '#303aa3',
];

/** The greys of the dark page, with the slight blue of its surfaces. */
const dark: MantineColorsTuple = [
  '#e8ebf0',
  '#c9cfd8',
  '#a3acb8',
  '#8791a0',
  '#3d444f',
  '#2b313a',
  '#20252d',
  '#16191f',
  '#0f1115',
  '#0b0d10',
];

/** Mantine in the style of the page; tokens.css has the colours of surfaces and text. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', 'Inter Fallback', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontWeight: '600' },
  primaryColor: 'accent',
  primaryShade: 6,
  colors: { accent, dark },
  defaultRadius: 'md',
  radius: { sm: '6px', md: '8px', lg: '12px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Tooltip: {
      defaultProps: { withArrow: true, multiline: true, maw: 280 },
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' }, classNames: { root: 'action' } },
    Button: { classNames: { label: 'button-label' } },
    // Its header element would count as a second banner landmark of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    Popover: { defaultProps: { shadow: 'lg', radius: 'lg' } },
  },
});
