/**
 * What a run will take, before it begins: {@link io.syllabus.plan.RunPlan} from what there is to do
 * ({@link io.syllabus.plan.Workload}) and how fast one worker does it ({@link
 * io.syllabus.plan.Rates}).
 */
package io.syllabus.plan;
