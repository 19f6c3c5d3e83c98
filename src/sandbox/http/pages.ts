/** A page as the web server in front of the API answers, where the API itself was never reached. */
export const page = (title: string, text: string): string =>
  `<!DOCTYPE html>\r\n<html><head><title>${title}</title></head>\r\n<body><h2>${title}</h2><p>${text}</p></body></html>\r\n`;

export const NOT_FOUND_PAGE = page(
  '404 - File or directory not found.',
  'The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.',
);
export const BAD_REQUEST_PAGE = page('Bad Request', 'HTTP Error 400. The request is badly formed.');
/** That there is a limit is known, how it is said is not. */
export const URL_TOO_LONG_PAGE = page(
  'Request-URI Too Long',
  'The length of the URL for this request exceeds the limit.',
);
