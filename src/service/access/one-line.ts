/** Whether a text says something, on one line of at most so many characters. */
export function isOneLine(text: string, most: number): boolean {
  return (
    text.trim() !== '' &&
    text.length <= most &&
    text.isWellFormed() &&
    !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)
  );
}
