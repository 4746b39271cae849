export const content = {
  'content.noType': 'This site has no content type "{uid}", or not any more.',
  'content.twice': '"{name}" is chosen twice. Remove one of them.',
  'content.noAttribute': 'The content type has no attribute "{name}" for this, or not any more. Choose another one.',
  'content.url': 'Enter an address with its server, such as {example}. Names in braces stand after the server.',
  'content.placeholder': 'Entries have no "{name}" for their address. There are: {names}.',
} as const;
