from tests.execution.runners import runner, runner_folder

__all__ = ["runner", "runner_folder"]
