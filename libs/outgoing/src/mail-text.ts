/** For the headers of a mail: what breaks a line there begins another header. */
export const inOneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
