/** Paths of the API that lead to the same records as others. */
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^\/configurations\//, '/company/configurations/'],
  [/^\/finance\/agreementtypes(?=\/|$)/, '/finance/agreements/types'],
  [/^\/project\/boards(?=\/|$)/, '/service/boards'],
  [/^\/system\/myaccount(?=\/|$)/, '/system/members'],
];

/** `/service/boards/{parentId}/statuses` and `/Service/Boards/{id}/Statuses/` are one collection. */
export const plainTemplate = (template: string): string => {
  const plain = template
    .replace(/\{[^}]*\}/g, '{}')
    .replace(/\/+$/, '')
    .toLowerCase();
  return ALIASES.reduce((key, [pattern, target]) => key.replace(pattern, target), plain);
};
