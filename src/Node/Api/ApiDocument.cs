using AkkaSockets.Node.Listeners;
using Microsoft.OpenApi;

namespace AkkaSockets.Node.Api;

/// <summary><c>/openapi/v1.json</c></summary>
internal static class ApiDocument
{
    private const string BearerScheme = "key";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "AkkaSockets, the backend's API", Version = "v1" };
            // Whoever reads the document knows under which of the node's addresses they found it.
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[BearerScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "One of Api:Keys.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var path = context.Description.RelativePath ?? "";
            if (!path.StartsWith("api/", StringComparison.Ordinal)) return Task.CompletedTask;
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, context.Document)] = [] }];
            if (path.Contains("{user}", StringComparison.Ordinal))
            {
                operation.Parameters ??= [];
                operation.Parameters.Add(Text("user", ParameterLocation.Path, "The user's id, percent-encoded."));
            }
            return Task.CompletedTask;
        });
    });

    public static RouteHandlerBuilder ProducesFaults(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) endpoint.Produces<ProblemBody>(status, Problem.ContentType);
        return endpoint;
    }

    /// <summary>Only describes: an accepts-metadata would have routing answer 415 to <c>curl -d</c>, whose body is as good as any.</summary>
    public static RouteHandlerBuilder TakesBody<T>(this RouteHandlerBuilder endpoint, string mediaType) =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, stop) =>
        {
            var body = operation.RequestBody as OpenApiRequestBody ?? new OpenApiRequestBody { Required = true };
            body.Content ??= new Dictionary<string, OpenApiMediaType>();
            body.Content[mediaType] = new OpenApiMediaType { Schema = await context.GetOrCreateSchemaAsync(typeof(T), null, stop).ConfigureAwait(false) };
            operation.RequestBody = body;
        });

    public static RouteHandlerBuilder TakesQuery(this RouteHandlerBuilder endpoint, string name, string description) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(Text(name, ParameterLocation.Query, description));
            return Task.CompletedTask;
        });

    private static OpenApiParameter Text(string name, ParameterLocation place, string description) => new()
    {
        Name = name,
        In = place,
        Required = place == ParameterLocation.Path,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
