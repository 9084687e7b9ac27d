package io.syllabus.network.onednn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Operations on tensors, in the order in which they run. Tensors that are not needed at the same
 * time share memory. Not thread-safe; different programs may run at once.
 */
final class Program implements AutoCloseable {
  private final List<Step> steps;
  private final List<Tensor> tensors;
  private final List<Pointer> blocks;
  private final List<Tensor> kept;

  private Program(List<Step> steps, List<Tensor> tensors, List<Pointer> blocks, List<Tensor> kept) {
    this.steps = steps;
    this.tensors = tensors;
    this.blocks = blocks;
    this.kept = kept;
  }

  /** One operation. */
  private record Step(String name, Runnable work, List<Tensor> touched) {}

  void run() {
    for (Step step : steps) {
      step.work.run();
    }
  }

  /** Runs as {@link #run} does, and adds each operation's nanoseconds under its name. */
  void run(Map<String, Long> nanosByName) {
    for (Step step : steps) {
      long began = System.nanoTime();
      step.work.run();
      nanosByName.merge(step.name, System.nanoTime() - began, Long::sum);
    }
  }

  /** Native memory that the program's tensors share, without those that have their own. */
  long bytes() {
    return blocks.stream().mapToLong(Pointer::capacity).sum();
  }

  /** Frees the tensors' memory. */
  @Override
  public void close() {
    blocks.forEach(Pointer::close);
    tensors.forEach(tensor -> tensor.memory().close());
    kept.forEach(Tensor::free);
  }

  /** Collects operations. */
  static final class Builder {
    private final List<Step> steps = new ArrayList<>();
    private final List<Tensor> kept = new ArrayList<>();

    /** Has the program free a tensor's own memory when it is closed. */
    Tensor keep(Tensor tensor) {
      kept.add(tensor);
      return tensor;
    }

    /**
     * Appends one of oneDNN's operations.
     *
     * @param name kind of the operation, to measure by
     * @param operation made with {@link OneDnn#attributes}
     * @param arguments tensors by oneDNN's DNNL_ARG numbers
     */
    void add(String name, primitive operation, Map<Integer, Tensor> arguments) {
      Map<Integer, Tensor> all = new HashMap<>(arguments);
      Tensor scratchpad = scratchpad(operation);
      if (scratchpad.bytes() > 0) {
        all.put(dnnl.DNNL_ARG_SCRATCHPAD, scratchpad);
      }
      IntMemoryMap memories = new IntMemoryMap();
      all.forEach((index, tensor) -> memories.put(index, tensor.memory()));
      steps.add(
          new Step(
              name, () -> operation.execute(OneDnn.stream(), memories), List.copyOf(all.values())));
    }

    private static Tensor scratchpad(primitive operation) {
      return Tensor.of(
          new memory.desc(
              dnnl.dnnl_primitive_desc_query_md(
                  operation.get_dnnl_primitive_desc(), dnnl.dnnl_query_scratchpad_md, 0)));
    }

    /** Appends work of Java's own, which reads and writes the given tensors. */
    void add(String name, Runnable work, Tensor... touched) {
      steps.add(new Step(name, work, List.of(touched)));
    }

    /** The tensor in a layout; copied where it has another. */
    Tensor in(Tensor tensor, memory.desc layout) {
      return tensor.layout().equals(layout) ? tensor : copy(tensor, Tensor.of(layout));
    }

    /** Appends a copy from one layout to another. */
    Tensor copy(Tensor from, Tensor to) {
      add("reorder", Reorder.of(from, to), Reorder.arguments(from, to));
      return to;
    }

    /** Gives every tensor its place. */
    Program build() {
      Places places = new Places();
      Map<Tensor, Integer> lastUse = new HashMap<>();
      Set<Tensor> all = new LinkedHashSet<>();
      for (int i = 0; i < steps.size(); i++) {
        for (Tensor tensor : steps.get(i).touched) {
          lastUse.put(tensor.storage(), i);
          all.add(tensor);
        }
      }
      for (int i = 0; i < steps.size(); i++) {
        for (Tensor tensor : steps.get(i).touched) {
          places.take(tensor);
        }
        for (Tensor tensor : steps.get(i).touched) {
          if (lastUse.get(tensor.storage()) == i) {
            places.release(tensor.storage());
          }
        }
      }
      return new Program(List.copyOf(steps), List.copyOf(all), places.all, List.copyOf(kept));
    }
  }

  /** Memory that is given to one tensor after the other. */
  private static final class Places {
    private static final long ALIGNMENT = 64;
    private final List<Pointer> all = new ArrayList<>();
    private final Map<Tensor, Block> taken = new HashMap<>();
    // The block freed last comes first: it is the one that caches still hold.
    private final Deque<Block> free = new ArrayDeque<>();

    private record Block(Pointer start, long bytes) {}

    void take(Tensor tensor) {
      if (tensor.isPlaced()) {
        return;
      }
      Tensor storage = tensor.storage();
      if (!storage.isPlaced()) {
        Block block = block(storage.bytes());
        taken.put(storage, block);
        storage.place(block.start);
      }
      if (tensor != storage) {
        tensor.place(storage.pointer());
      }
    }

    void release(Tensor storage) {
      Block block = taken.remove(storage);
      if (block != null) {
        free.push(block);
      }
    }

    private Block block(long bytes) {
      Block best = null;
      for (Block block : free) {
        if (block.bytes >= bytes && (best == null || block.bytes < best.bytes)) {
          best = block;
        }
      }
      if (best == null) {
        return allocated(bytes);
      }
      free.remove(best);
      return best;
    }

    private Block allocated(long bytes) {
      BytePointer memory = new BytePointer(bytes + ALIGNMENT);
      all.add(memory);
      long misaligned = memory.address() % ALIGNMENT;
      return new Block(memory.getPointer((ALIGNMENT - misaligned) % ALIGNMENT), bytes);
    }
  }
}
