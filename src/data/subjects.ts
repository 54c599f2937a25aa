/**
 * What images can show. `image` is what one of them is, with its article ("Draw a digit"); `class`
 * is what one of the things to tell apart is called ("True digit"), `classes` several of them.
 */
export const SUBJECTS = {
  digits: { image: 'a digit', class: 'digit', classes: 'digits' },
  letters: { image: 'a letter', class: 'letter', classes: 'letters' },
  photos: { image: 'a photo', class: 'class', classes: 'classes' },
  images: { image: 'an image', class: 'class', classes: 'classes' },
} as const;

export type Subject = keyof typeof SUBJECTS;
