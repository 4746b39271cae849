export const picture = {
  'picture.nowhere': 'The picture’s server redirects to nowhere.',
  'picture.again': 'The picture’s server redirects again and again.',
  'picture.address': 'The picture’s address is none that is fetched.',
  'picture.noAnswer': 'The picture’s server does not answer in time.',
  'picture.unreachable': 'The picture’s server cannot be reached.',
  'picture.notFound': 'The picture’s server cannot be found, or is not on the internet.',
  'picture.gone': 'The picture is not there any more.',
  'picture.none': 'What is at the picture’s address is no picture.',
  'picture.tooLarge': 'The picture is larger than {size} MB.',
  'picture.broken': 'The picture’s server broke off.',
} as const;
