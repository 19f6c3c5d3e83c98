export { contentTypeOf, pictureType, textOf } from './content.ts';
export { deliver } from './deliver.ts';
export { readAllowedFile, saveAllowedFile } from './folder.ts';
export { LARGEST_FILE, sizeText } from './limits.ts';
export { pdfBeginning, shownPdf } from './pdf/shown-pdf.ts';
export { downloadAllowed } from './web.ts';
