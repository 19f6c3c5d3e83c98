/** A name as it compares: in any letter case, with or without blanks, `_` and `-`, because models write all of these. */
export const bareName = (name: string): string => name.toLowerCase().replace(/[_\-\s]/g, '');
