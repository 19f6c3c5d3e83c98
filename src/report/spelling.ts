/** A name as it compares: in any letter case, without blanks, `_`, `-`, `/` and `.`, and in American spelling. */
export const bareName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[_\-\s/.]/g, '')
    .replace(/(utili|reali)sation/g, '$1zation');
