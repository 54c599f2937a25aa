import { Badge, useComputedColorScheme } from '@mantine/core';
import type { Family } from '../../../model/layer-kind';
import type { ResolvedLayer } from '../../../model/resolve';
import { formatCount, formatNumber, formatShape } from '../../kit/words/format';
import { familyColor } from '../../kit/palette';
import classes from './inspector.module.css';

/** A layer in one line: family, shapes, parameters, work. */
export function Facts({ family, resolved }: { family: Family; resolved: ResolvedLayer | undefined }) {
  const scheme = useComputedColorScheme('light');
  const color = familyColor(family, scheme);
  return (
    <div className={classes.facts}>
      <Badge size="sm" variant="outline" radius="sm" tt="none" style={{ color, borderColor: color }}>
        {family}
      </Badge>
      {resolved && (
        <>
          <span>
            {formatShape(resolved.inputShape)} → <b>{formatShape(resolved.outputShape)}</b>
          </span>
          <span>
            <b>{formatCount(resolved.parameters)}</b> parameters
          </span>
          {resolved.multiplyAdds > 0 && (
            <span>
              <b>{formatNumber(resolved.multiplyAdds)}</b> multiply-adds per image
            </span>
          )}
        </>
      )}
    </div>
  );
}
