export const view = {
  'view.name': 'Give the view a name.',
  'view.taken': 'There is a view of this name already.',
  'view.gone': 'There is no such view, or not any more.',
  'view.mayNotShare': 'You may not save, change or delete views of the team.',
  'view.tooMany': 'These are {most} views already. Delete one that nobody needs.',
} as const;
