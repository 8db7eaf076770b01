/**
 * What the page may load, in the window and in a browser: what its own origin serves, and nothing else. The component
 * library writes its theme into style elements, hence 'unsafe-inline' there.
 */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')
