import type { ImageBuffers } from './dataset-buffers';
import type { Gpu } from './device';
import type { PipelineCache } from './pipelines';

/** What all networks of one engine share. */
export interface GpuContext {
  gpu: Gpu;
  pipelines: PipelineCache;
  data: { train: ImageBuffers; test: ImageBuffers; counts: { train: number; test: number } } | null;
}
