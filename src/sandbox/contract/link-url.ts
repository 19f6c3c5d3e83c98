/** Address of another page of a list, in the server's own spelling: a slash after the path, `+` for spaces, lower-case hex, paging at the end. */
export function linkUrl(url: URL, paging: Readonly<Record<string, number>>): string {
  const encode = (text: string): string =>
    encodeURIComponent(text)
      .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
      .replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
      .replace(/%20/g, '+');
  const kept = [...url.searchParams].filter(([name]) => !/^(page|pagesize|pageid)$/i.test(name));
  const pairs = [...kept, ...Object.entries(paging)].map(([name, value]) => `${name}=${encode(String(value))}`);
  return `${url.origin}${url.pathname.replace(/\/*$/, '/')}?${pairs.join('&')}`;
}
