/** The name of an attribute for people: `orderNumber` as "Order Number". */
export const labelOfAttribute = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/^./, (letter) => letter.toUpperCase());
