/** Made by the build (assets/licences/licence-plugin.ts) from what is installed. */
declare module 'virtual:licences' {
  const licences: import('./licence-list.ts').LicenceList
  export default licences
}
