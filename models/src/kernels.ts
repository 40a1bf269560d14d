import type { Tf } from './backend.js';

/** The parts of TF.js's kernel interface that are used here; its own types are looser. */
interface KernelCall {
  inputs: Record<string, Data>;
  backend: NativeBackend & WasmBackend;
  attrs: Record<string, unknown>;
}
interface Data {
  shape: number[];
  dtype: string;
  size: number;
}
interface NativeBackend {
  binding: Record<string, number>;
  executeSingleOutput(name: string, attributes: unknown[], inputs: unknown[]): Data;
}
interface WasmBackend {
  makeOutput(shape: number[], dtype: string): Data;
  typedArrayFromHeap(tensor: Data): Float32Array | Int32Array;
}
type Kernel = (call: KernelCall) => Data;

/**
 * Replaces TF.js 4.22's embedding look-up on both backends: the native one checks every id in a JavaScript closure, which takes five
 * sixths of its time, and TensorFlow checks them again; the WebAssembly one copies element by element. Also gives WebAssembly
 * UnsortedSegmentSum, which it lacks and training needs, and the native backend SparseSegmentSum, which only WebAssembly has.
 */
export function registerFastKernels(tf: Tf, backend: string): void {
  const register = (kernelName: string, kernel: Kernel): void => {
    if (tf.getKernel(kernelName, backend) !== undefined) tf.unregisterKernel(kernelName, backend);
    tf.registerKernel({ kernelName, backendName: backend, kernelFunc: kernel as never });
  };
  if (backend === 'tensorflow') {
    register('GatherV2', (call) => nativeGather(tf, call));
    register('SparseSegmentSum', nativeSparseSegmentSum);
  } else {
    const original = tf.getKernel('GatherV2', backend).kernelFunc as unknown as Kernel;
    register('GatherV2', (call) => wasmGather(call) ?? original(call));
    register('UnsortedSegmentSum', wasmSegmentSum);
  }
}

function nativeGather(tf: Tf, { inputs, backend, attrs }: KernelCall): Data {
  const { x, indices } = inputs as { x: Data; indices: Data };
  const b = backend.binding;
  const axis = tf.scalar(attrs['axis'] as number, 'int32');
  const type = (dtype: string): number | undefined =>
    dtype === 'float32' ? b['TF_FLOAT'] : dtype === 'int32' ? b['TF_INT32'] : b['TF_BOOL'];
  const out = backend.executeSingleOutput(
    'GatherV2',
    [
      { name: 'batch_dims', type: b['TF_ATTR_INT'], value: attrs['batchDims'] ?? 0 },
      { name: 'Tparams', type: b['TF_ATTR_TYPE'], value: type(x.dtype) },
      { name: 'Tindices', type: b['TF_ATTR_TYPE'], value: type(indices.dtype) },
      { name: 'Taxis', type: b['TF_ATTR_TYPE'], value: b['TF_INT32'] },
    ],
    [x, indices, axis],
  );
  axis.dispose();
  return out;
}

/** TensorFlow has the op; tfjs-node does not register it. */
function nativeSparseSegmentSum({ inputs, backend }: KernelCall): Data {
  const { data, indices, segmentIds } = inputs as { data: Data; indices: Data; segmentIds: Data };
  const b = backend.binding;
  return backend.executeSingleOutput(
    'SparseSegmentSum',
    [
      { name: 'T', type: b['TF_ATTR_TYPE'], value: b['TF_FLOAT'] },
      { name: 'Tidx', type: b['TF_ATTR_TYPE'], value: b['TF_INT32'] },
      { name: 'Tsegmentids', type: b['TF_ATTR_TYPE'], value: b['TF_INT32'] },
    ],
    [data, indices, segmentIds],
  );
}

/** Rows of a float matrix; undefined for the cases it is not for. Views on the heap are taken after the output: it may grow. */
function wasmGather({ inputs, backend, attrs }: KernelCall): Data | undefined {
  const { x, indices } = inputs as { x: Data; indices: Data };
  if (x.shape.length !== 2 || attrs['axis'] || attrs['batchDims'] || x.dtype !== 'float32' || indices.dtype !== 'int32')
    return undefined;
  const [rows = 0, width = 0] = x.shape;
  const out = backend.makeOutput([...indices.shape, width], 'float32');
  const source = backend.typedArrayFromHeap(x);
  const ids = backend.typedArrayFromHeap(indices);
  const target = backend.typedArrayFromHeap(out);
  for (let i = 0, at = 0; i < ids.length; i++) {
    const id = ids[i] ?? -1;
    if (id < 0 || id >= rows) throw new RangeError(`gather: id ${id} is not in [0, ${rows})`);
    for (let from = id * width, end = from + width; from < end;) target[at++] = source[from++] ?? 0;
  }
  return out;
}

function wasmSegmentSum({ inputs, backend, attrs }: KernelCall): Data {
  const { x, segmentIds } = inputs as { x: Data; segmentIds: Data };
  const width =
    segmentIds.size === 0
      ? x.shape.slice(segmentIds.shape.length).reduce((a, b) => a * b, 1)
      : x.size / segmentIds.size;
  const out = backend.makeOutput(
    [attrs['numSegments'] as number, ...x.shape.slice(segmentIds.shape.length)],
    'float32',
  );
  const source = backend.typedArrayFromHeap(x);
  const ids = backend.typedArrayFromHeap(segmentIds);
  const target = backend.typedArrayFromHeap(out);
  target.fill(0);
  for (let i = 0, from = 0; i < ids.length; i++) {
    const at = (ids[i] ?? 0) * width;
    for (let k = 0; k < width; k++) target[at + k] = (target[at + k] ?? 0) + (source[from++] ?? 0);
  }
  return out;
}
