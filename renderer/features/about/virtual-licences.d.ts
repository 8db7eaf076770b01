/** Made by the build (assets/licences/licence-plugin.ts) from what is installed. */
declare module 'virtual:licences' {
  // oxlint-disable-next-line typescript/consistent-type-imports -- a declared module imports nothing relative
  const licences: import('./licence-list.ts').LicenceList
  export default licences
}
