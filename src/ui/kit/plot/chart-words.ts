import { createContext } from 'react';

/** The title of a chart and its content in words, for people who cannot see it. */
export const ChartWords = createContext({ title: '', summary: '' });
