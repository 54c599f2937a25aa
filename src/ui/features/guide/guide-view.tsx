import { Anchor } from '@mantine/core';
import { Panel } from '../../kit/panel';
import { Tooltip } from '../../kit/tooltip';
import { ActivationChapter } from './chapters/activation-chapter';
import { BackwardChapter } from './chapters/backward-chapter';
import { Missing } from './chapter';
import { CHAPTERS, headingId, type ChapterName } from './chapters';
import { ConvolutionChapter } from './chapters/convolution-chapter';
import { DenseChapter } from './chapters/dense-chapter';
import { ExperimentsChapter } from './chapters/experiments-chapter';
import { FilterChapter } from './chapters/filter-chapter';
import classes from './guide.module.css';
import { PixelsChapter } from './chapters/pixels-chapter';
import { PoolingChapter } from './chapters/pooling-chapter';
import { SoftmaxChapter } from './chapters/softmax-chapter';
import { UpdateChapter } from './chapters/update-chapter';
import { GuideContext, useGuideAnswers } from './use-guide';
import { VanishingChapter } from './chapters/vanishing-chapter';

/** Explains the network on the page from pixels to gradients: every picture and number is live. */
export function GuideView() {
  const guide = useGuideAnswers();
  return (
    <GuideContext value={guide}>
      <Panel title="Guide" note="From pixels to gradients, with the network on this page">
        <article className={classes.guide}>
          <p className={classes.lead}>
            Everything below is computed by the network of this page, for the image that you choose. Press play and it
            learns while you read; change a layer and the guide changes with it.
          </p>
          <Contents />
          {guide.problem && <Missing>{guide.problem}</Missing>}
          <PixelsChapter />
          <ConvolutionChapter />
          <ActivationChapter />
          <PoolingChapter />
          <DenseChapter />
          <SoftmaxChapter />
          <BackwardChapter />
          <FilterChapter />
          <UpdateChapter />
          <VanishingChapter />
          <ExperimentsChapter />
        </article>
      </Panel>
    </GuideContext>
  );
}

/**
 * The table of contents. It uses buttons, not links: the part of the address after # holds a shared
 * network.
 */
function Contents() {
  return (
    <nav aria-label="Chapters">
      <Tooltip label="Scrolls to the chapter" position="bottom-start">
        <ol className={classes.contents}>
          {CHAPTERS.map(({ name, title }) => (
            <li key={name}>
              <Anchor
                component="button"
                type="button"
                size="sm"
                className={classes.contentsLink}
                onClick={() => goTo(name)}
              >
                {title}
              </Anchor>
            </li>
          ))}
        </ol>
      </Tooltip>
    </nav>
  );
}

function goTo(name: ChapterName): void {
  const heading = document.getElementById(headingId(name));
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}
