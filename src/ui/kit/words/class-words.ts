/** The name of a class, or its number if it has no name. */
export const classNameOf = (names: readonly string[], index: number): string => names[index] ?? String(index);

export const articleOf = (names: readonly string[], index: number): 'a' | 'an' =>
  /^[aeiou]/i.test(classNameOf(names, index)) ? 'an' : 'a';

/** One image of a class, in a sentence: "a 7", "an owl". */
export const oneOf = (names: readonly string[], index: number): string =>
  `${articleOf(names, index)} ${classNameOf(names, index)}`;

/** All images of a class, in a sentence: "the 7s", "the images of owl". */
export function allOf(names: readonly string[], index: number): string {
  const name = classNameOf(names, index);
  return name.length === 1 ? `the ${name}s` : `the images of ${name}`;
}

/** The classes as options of a list, shown by name, with the number as value. */
export const classOptions = (names: readonly string[]) =>
  names.map((label, index) => ({ value: String(index), label }));
