import { describe, expect, it } from 'vitest';
import { ValidationSchedule } from './validation-schedule';

describe('ValidationSchedule', () => {
  it('glances as often as three per cent of the time allow, the first time sooner', () => {
    // An image takes 1 ms to train and a third of that to evaluate, so a glance takes 333 ms.
    const schedule = new ValidationSchedule(1000, () => 0);
    const trainUntilDue = () => {
      let ms = 0;
      for (; !schedule.glanceIsDue(); ms += 100) schedule.trained(100, 100);
      schedule.begun('glance');
      return ms;
    };
    expect(trainUntilDue()).toBe(3400);
    expect(trainUntilDue()).toBe(11_200);
    schedule.glanceTook(600);
    expect(trainUntilDue()).toBe(20_000);
    schedule.glanceTook(100_000);
    expect(trainUntilDue()).toBe(60_000);
  });
});
