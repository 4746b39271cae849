const address = /[^\s<>@"'()]{1,64}@[^\s<>@"'()]{1,255}|<mailto:/;

/** Does the text hold an email address? Asked of every line, so texts without the sign cost nothing. */
export function holdsAddress(text: string): boolean {
  return (text.includes('@') || text.includes('<mailto:')) && address.test(text);
}
