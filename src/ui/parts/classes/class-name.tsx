import { classNameOf } from '../../kit/words/class-words';
import { useDatasetFacts } from '../../stores/dataset-facts';
import classes from './class-name.module.css';

/** Longer names are cut where room is short, and shown in full on hover. */
const SHORT = 3;

/** What a class of the data set in use is called. */
export function ClassName({ index }: { index: number }) {
  const name = classNameOf(useDatasetFacts().classNames, index);
  if (name.length <= SHORT) return name;
  return (
    <span className={classes.name} title={name}>
      {name}
    </span>
  );
}
