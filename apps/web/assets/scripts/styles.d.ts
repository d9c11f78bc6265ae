/** The address of a style sheet, for a script that is fetched on demand and brings its own. */
declare module '*.css?url' {
  const address: string
  export default address
}
