/** UTF-8 that was read as windows-1251: «РџР»Р°С‚РµР¶». */
const UTF8_AS_1251 = /(?:[РС][^\x20-\x7eА-Яа-я]){3}/;
/** UTF-8 or windows-1251 that was read as cp866: capital letters become frames and blocks. */
const READ_AS_866 = /[\u2500-\u259f]/;
/** cp866 that was read as windows-1251: its commonest letters become these signs, several in a row. */
const CP866_AS_1251 = /[\u00a0\u00ad«ЎўЈ¤Ґ¦§Ё©Є¬®ЇЂЃѓЉЊЌЋЏђљњќћџ]{4}/;
const TELLING = /[ЎўЈ¤Ґ¦©Є¬®Ї]/g;

/** Whether a line that was decoded with the rest of its file was written in another encoding. */
export function isMixedEncoding(line: string): boolean {
  if (line.includes("\ufffd") || READ_AS_866.test(line) || UTF8_AS_1251.test(line)) return true;
  return CP866_AS_1251.test(line) && (line.match(TELLING)?.length ?? 0) >= 4;
}
