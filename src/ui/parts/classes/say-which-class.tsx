import { SUBJECTS } from '../../../data/subjects';
import { useDatasetFacts } from '../../stores/dataset-facts';

/** What to do about a drawing without a label. @param where the choice is, in words, if not here */
export function SayWhichClass({ where = '', without }: { where?: string; without: string }) {
  const { shows } = useDatasetFacts();
  return `Say which ${SUBJECTS[shows].class} you drew${where}: without a label there is ${without}.`;
}
