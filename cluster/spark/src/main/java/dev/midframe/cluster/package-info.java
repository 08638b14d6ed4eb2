/** Many films on many machines: an Apache Spark job that runs {@code midframe plan}, {@code part} and {@code join} as child processes. */
package dev.midframe.cluster;
