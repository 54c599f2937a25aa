import { createContext } from 'react';

/** What a chart is called, and what it shows in words: for those who do not see it. */
export const ChartWords = createContext({ title: '', summary: '' });
