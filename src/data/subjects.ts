/**
 * What images can show. `image` names one of them with its article ("Draw a digit"), `class` one of
 * the things to tell apart ("True digit"), and `classes` several of those.
 */
export const SUBJECTS = {
  digits: { image: 'a digit', class: 'digit', classes: 'digits' },
  letters: { image: 'a letter', class: 'letter', classes: 'letters' },
  photos: { image: 'a photo', class: 'class', classes: 'classes' },
  images: { image: 'an image', class: 'class', classes: 'classes' },
} as const;

export type Subject = keyof typeof SUBJECTS;
