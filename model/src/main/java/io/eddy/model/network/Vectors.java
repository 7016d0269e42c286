package io.eddy.model.network;

/** Whether loops that the JIT makes no vectors of may be written with the JDK's Vector API (incubating, JEP 414): the classes {@code Vector…} load nowhere else. */
public final class Vectors {
    /** Whether the JVM runs with {@code --add-modules jdk.incubator.vector}. */
    public static final boolean THERE =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private Vectors() {}
}
