/** RFC 5321 §4.5.3.1.3. */
const MAX_ADDRESS_LENGTH = 254;
const ADDRESS = /^[^\s<>()[\]\\,;:@"]+@[^\s<>()[\]\\,;:@"]+$/;

/** Whether this is one bare address, such as `jane@example.com`. */
export const isAddress = (text: string): boolean => text.length <= MAX_ADDRESS_LENGTH && ADDRESS.test(text);
