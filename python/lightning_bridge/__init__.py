"""What of Lightning Bridge must be Python: the trainers' side of the worker process, and checks of exports."""
