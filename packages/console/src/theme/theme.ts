import {
  ActionIcon,
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Modal,
  MultiSelect,
  Tooltip,
} from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eef7f5',
  '#d7ece7',
  '#b2dbd2',
  '#8acabb',
  '#5fc6b2',
  '#2f9a87',
  '#177f6d',
  '#0f6b5c',
  '#0c574b',
  '#08423a',
];

const gray: MantineColorsTuple = [
  '#f5f8f7',
  '#eef2f1',
  '#dfe6e3',
  '#ccd6d2',
  '#b1bfb9',
  '#66756f',
  '#51605b',
  '#3d4a46',
  '#27332f',
  '#17211e',
];

const dark: MantineColorsTuple = [
  '#e6eeeb',
  '#c6d3ce',
  '#9db0aa',
  '#8a9d97',
  '#2b3d38',
  '#1d2a26',
  '#15201d',
  '#0e1614',
  '#0a110f',
  '#060b09',
];

const red: MantineColorsTuple = [
  '#fdf0ee',
  '#fadcd9',
  '#f5bbb6',
  '#f29a92',
  '#ec7b71',
  '#d9534a',
  '#bb3930',
  '#a3271f',
  '#861e17',
  '#651510',
];

const yellow: MantineColorsTuple = [
  '#fff6e3',
  '#fdebc4',
  '#f8dc9c',
  '#f2cd86',
  '#e9b84f',
  '#e0a93a',
  '#c48614',
  '#9a6400',
  '#875400',
  '#7a4a00',
];

/** A control is 32 px high with text of 13 px, unless a size is given. */
const control = { height: '2rem', text: '0.8125rem' };
const usualControl = (size: unknown, name: 'button' | 'input') =>
  size === undefined
    ? { [`--${name}-height`]: control.height, [`--${name}-fz`]: control.text }
    : {};

export const theme = createTheme({
  colors: { accent, gray, dark, red, yellow },
  black: '#17211e',
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: {
    xs: '0.75rem',
    sm: '0.8125rem',
    md: '0.875rem',
    lg: '1rem',
    xl: '1.25rem',
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.125rem', lineHeight: '1.4' },
      h2: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'sm',
  radius: { sm: '6px', md: '8px', lg: '12px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Badge: Badge.extend({
      defaultProps: { variant: 'light', radius: 'sm' },
      styles: {
        root: {
          textTransform: 'none',
          fontWeight: 500,
          // Neither a percentage nor a grid: a table would squeeze it.
          display: 'inline-flex',
          maxWidth: '20rem',
        },
      },
    }),
    Button: Button.extend({
      vars: (_theme, { size }) => ({ root: usualControl(size, 'button') }),
      styles: { root: { fontWeight: 500 } },
    }),
    Input: Input.extend({ vars: (_theme, { size }) => ({ wrapper: usualControl(size, 'input') }) }),
    Modal: Modal.extend({
      defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.4 } },
    }),
    // A hundred regions of a key leave the rest of its form in sight.
    MultiSelect: MultiSelect.extend({
      styles: { pillsList: { maxHeight: '9rem', overflowY: 'auto' } },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: true, openDelay: 300 } }),
  },
});

/** What the theme's colours do not reach: text that must be read on the page (WCAG AA). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-error': '#a3271f',
    '--mantine-color-red-light': '#fdf0ee',
    '--mantine-color-red-light-color': '#861e17',
    '--mantine-color-yellow-light': '#fff6e3',
    '--mantine-color-yellow-light-color': '#7a4a00',
    '--mantine-color-accent-light': '#e3f1ee',
    '--mantine-color-accent-light-color': '#0c574b',
    '--mantine-color-gray-light': '#eef2f1',
    '--mantine-color-gray-light-color': '#3d4a46',
    '--mantine-color-placeholder': '#66756f',
    '--mantine-color-default-border': '#ccd6d2',
    '--relais-line': '#dfe6e3',
    '--relais-panel': '#f7f9f8',
    '--relais-hover': '#f5f8f7',
    '--relais-chosen': '#e3f1ee',
  },
  dark: {
    '--mantine-color-error': '#f29a92',
    '--mantine-color-red-light': '#331917',
    '--mantine-color-red-light-color': '#f5bbb6',
    '--mantine-color-yellow-light': '#2b2313',
    '--mantine-color-yellow-light-color': '#f2cd86',
    '--mantine-color-accent-light': '#15332d',
    '--mantine-color-accent-light-color': '#8fd9c9',
    '--mantine-color-gray-light': '#1d2a26',
    '--mantine-color-gray-light-color': '#c6d3ce',
    '--mantine-color-placeholder': '#8a9d97',
    '--mantine-color-default-border': '#33463f',
    '--relais-line': '#223029',
    '--relais-panel': '#0b1311',
    '--relais-hover': '#15201d',
    '--relais-chosen': '#15332d',
  },
});
