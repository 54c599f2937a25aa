import { describe, expect, it } from 'vitest';
import { parseNumber, scaled, spansMagnitudes, stepped } from './parse-number';

const filters = { min: 1, max: 1024, integer: true };
const rate = { min: 0, max: 1e6 };
const any = { min: -1e6, max: 1e6 };

describe('parseNumber', () => {
  it.each([
    ['1e-4', 1e-4],
    ['5E-4', 5e-4],
    ['3.0e-3', 3e-3],
    ['1e+2', 100],
    ['.5', 0.5],
    ['5.', 5],
    [' 0.01 ', 0.01],
    ['+2', 2],
    ['007', 7],
    ['0,01', 0.01],
    ['0,001', 0.001],
    [',5', 0.5],
    ['2,5e-3', 2.5e-3],
    ['1,000,000', 1e6],
  ])('reads %s as a decimal number', (text, value) => expect(parseNumber(text, rate)).toBe(value));

  it.each([
    ['16', 16],
    ['1e2', 100],
    ['1,024', 1024],
    ['8.0', 8],
  ])('reads %s as a whole number', (text, value) => expect(parseNumber(text, filters)).toBe(value));

  it('reads negative numbers with either minus sign, and no -0', () => {
    expect(parseNumber('-0.1', any)).toBe(-0.1);
    expect(parseNumber('−2e3', any)).toBe(-2000);
    expect(parseNumber('-0', rate)).toBe(0);
  });

  it.each([
    '',
    ' ',
    'abc',
    '1e',
    '1e-',
    '-',
    '1 2',
    '1, 2',
    '1.2.3',
    '0,1,2',
    '1,2.3',
    '3 %',
    'NaN',
    'Infinity',
    '1e999',
    '--1',
  ])('refuses "%s"', (text) => expect(parseNumber(text, rate)).toBe('A number from 0 to 1,000,000.'));

  it('refuses what is out of range, instead of leaving signs out until it fits', () => {
    expect(parseNumber('-4', filters)).toBe('From 1 to 1,024.');
    expect(parseNumber('1e5', filters)).toBe('From 1 to 1,024.');
    expect(parseNumber('0', filters)).toBe('From 1 to 1,024.');
    expect(parseNumber('-0.1', rate)).toBe('From 0 to 1,000,000.');
  });

  it('refuses fractions where whole numbers are wanted', () => {
    expect(parseNumber('1.5', filters)).toBe('A whole number from 1 to 1,024.');
    expect(parseNumber('1,5', filters)).toBe('A whole number from 1 to 1,024.');
  });

  it('asks where a comma may mean thousands or decimals', () => {
    expect(parseNumber('1,024', rate)).toBe('Write 1024 or 1.024.');
  });

  it('names limits that are no whole numbers as they are', () => {
    expect(parseNumber('1', { min: 0, max: 0.9 })).toBe('From 0 to 0.9.');
    expect(parseNumber('0', { min: 1e-30, max: 1 })).toBe('From 1e-30 to 1.');
  });
});

describe('scaled', () => {
  const rates = { min: 0, max: 1e6 };

  it('goes on to the next of 1, 2, 5 in either direction', () => {
    let value = 0.003;
    const up = Array.from({ length: 5 }, () => (value = scaled(value, 1, rates)));
    expect(up).toEqual([0.005, 0.01, 0.02, 0.05, 0.1]);
    const down = Array.from({ length: 7 }, () => (value = scaled(value, -1, rates)));
    expect(down).toEqual([0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005]);
    expect([scaled(1000, 1, rates), scaled(1000, -1, rates), scaled(999.9999999999, 1, rates)]).toEqual([
      2000, 500, 2000,
    ]);
  });

  it('goes ten times as far with ten steps', () => {
    expect([scaled(0.003, 10, rates), scaled(0.003, -10, rates)]).toEqual([0.03, 0.0003]);
  });

  it('leaves 0 behind and stays in range', () => {
    expect([scaled(0, 1, rates), scaled(0, -1, rates)]).toEqual([1e-5, 0]);
    expect(scaled(8e5, 1, rates)).toBe(1e6);
    expect(scaled(1e-8, -1, { min: 1e-8, max: 1 })).toBe(1e-8);
    expect([scaled(5e-324, 1, rates), scaled(5e-324, -1, rates)]).toEqual([1e-5, 0]);
  });

  it('is for ranges of many orders of magnitude', () => {
    expect(spansMagnitudes({ min: 1e-30, max: 1 })).toBe(true);
    expect(spansMagnitudes({ min: 0, max: 0.9 })).toBe(false);
    expect(spansMagnitudes({ min: 1, max: 1e7, integer: true })).toBe(false);
  });
});

describe('stepped', () => {
  it('stays in range and leaves no dust', () => {
    expect(stepped(0.2, 0.1, { min: 0, max: 1 })).toBe(0.3);
    expect(stepped(1e-7, 1e-6, { min: 1e-30, max: 1 })).toBe(1.1e-6);
    expect(stepped(5, -10, { min: 1, max: 1024 })).toBe(1);
    expect(stepped(1020, 10, { min: 1, max: 1024 })).toBe(1024);
  });
});
