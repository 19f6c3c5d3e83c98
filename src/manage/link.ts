/**
 * The targets of a `Link` header by relation, for example `next`. An empty header gives an empty map: that is how forward-only
 * paging says that a page is the last one.
 */
export function parseLink(header: string): Map<string, string> {
  const links = new Map<string, string>();
  for (const [, target = '', parameters = ''] of header.matchAll(
    /<([^>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:"[^"]*"|[^",;\s]+))*)/g,
  )) {
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^",;\s]+))/i.exec(parameters);
    for (const name of (relation?.[1] ?? relation?.[2] ?? '').toLowerCase().split(/\s+/)) {
      if (name !== '') links.set(name, target);
    }
  }
  return links;
}
