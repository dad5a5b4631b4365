/** Parts of docxtemplater that it ships without types: what a document is read and written with. */
declare module 'docxtemplater/js/file-type-config.js' {
  const configs: { docx: () => { baseModules: unknown[] } };
  export default configs;
}

declare module 'docxtemplater/js/modules/rawxml.js' {
  const rawXmlModule: unknown;
  export default rawXmlModule;
}
