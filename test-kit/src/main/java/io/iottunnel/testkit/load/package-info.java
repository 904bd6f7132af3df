/** Random traffic and faults for hours, every byte accounted for; and what speed costs. */
package io.iottunnel.testkit.load;
