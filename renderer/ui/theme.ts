import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'
import { brand, dark, light, type Tokens } from './tokens.ts'

const harbour: MantineColorsTuple = [
  '#E6EDF9',
  '#CFDDF4',
  '#A9C4EE',
  '#8AB4FF',
  '#6696EA',
  '#467BD8',
  '#3768C8',
  '#2559B3',
  '#1D4A98',
  '#163A79',
]
const brick: MantineColorsTuple = [
  '#FAE6E8',
  '#F5CBD0',
  '#F8A9B3',
  '#FF8795',
  '#EA6176',
  '#D04158',
  '#B72C43',
  '#9C1C31',
  '#7E1526',
  '#600F1C',
]
const gray: MantineColorsTuple = [
  '#F5F4F1',
  '#EFEDE8',
  '#E1DED7',
  '#D2CEC6',
  '#B5B0A7',
  '#8B877F',
  '#6F6C66',
  '#4E565F',
  '#333A42',
  '#1C2127',
]
const night: MantineColorsTuple = [
  '#E9ECEF',
  '#B1BAC4',
  '#939DA8',
  '#75808C',
  '#2D343D',
  '#29303A',
  '#232931',
  '#1A1F25',
  '#12161B',
  '#0D1014',
]

/** Mantine in our language. Sizes are in rem, so that zoom and the system's text size work. */
export const theme = createTheme({
  colors: { harbour, brick, gray, dark: night },
  primaryColor: 'harbour',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  black: light.text,
  white: brand.snow,
  fontFamily: 'system-ui, -apple-system, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.43', md: '1.45', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 32 } },
    Modal: {
      defaultProps: {
        radius: 'lg',
        centered: true,
        overlayProps: { backgroundOpacity: 0.5 },
        transitionProps: { duration: 180, transition: 'fade' },
        classNames: { title: 'modal-title', body: 'modal-body', header: 'modal-header' },
        // the head of a dialog is no banner of the page
        attributes: { header: { role: 'none' } },
      },
    },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: true } } },
    Menu: { defaultProps: { radius: 'md', shadow: 'md', position: 'bottom-end' } },
  },
})

const kebab = (name: string) => name.replaceAll(/[A-Z]|[0-9]+/g, (part) => `-${part.toLowerCase()}`)
const asVariables = (values: object) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`--fcn-${kebab(name)}`, String(value)]))

/** Mantine's own variables, from ours. */
const forMantine = (tokens: Tokens) => ({
  '--mantine-color-body': tokens.surface,
  '--mantine-color-text': tokens.text,
  '--mantine-color-dimmed': tokens.text2,
  '--mantine-color-default': tokens.surface,
  '--mantine-color-default-hover': tokens.inset,
  '--mantine-color-default-border': tokens.control,
  '--mantine-color-placeholder': tokens.text3,
  '--mantine-color-anchor': tokens.accent,
  '--mantine-color-error': tokens.error,
  // Subtle buttons carry our ink, not a shade Mantine derives.
  '--mantine-color-harbour-light-color': tokens.accent,
  '--mantine-color-brick-light-color': tokens.error,
  '--mantine-color-gray-light-color': tokens.text2,
})

/** Tokens as CSS variables: `--fcn-text-2`, `--fcn-accent-soft`, … Components read these and know no colour. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: asVariables(brand),
  light: { ...asVariables(light), ...forMantine(light) },
  dark: { ...asVariables(dark), ...forMantine(dark) },
})
