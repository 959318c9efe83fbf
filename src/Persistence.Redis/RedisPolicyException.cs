namespace AkkaSockets.Persistence.Redis;

/// <summary>The server is set up so that it could drop what it was given. The message says which setting, and what to do.</summary>
public sealed class RedisPolicyException(string message) : Exception(message);
